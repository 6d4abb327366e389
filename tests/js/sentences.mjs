/** Reads JSON lines of [tree, values, spec] and answers each with the page's words; used by pytest. */
import {readFileSync} from "node:fs";
import {evaluate} from "../../templates/js/expression.js";
import {allows} from "../../templates/js/rules.js";
import {written} from "../../templates/js/wording.js";

const {sentences, rules} = JSON.parse(readFileSync(0, "utf8"));
const words = sentences.map(([tree, values, spec]) => written(evaluate(tree, (name) => values[name]), spec));
const verdicts = rules.map(([rule, value]) => allows(rule, value));
process.stdout.write(JSON.stringify({words, verdicts}));
