/**
 * The light engine, templates/js/engine/, as the one file that its worker is: templates/vendor/light.js (not
 * in git). Dozens of small modules would cost a reader on a slow connection more time than the engine saves.
 *
 *     node templates/light.mjs [FILE]
 */
import {fileURLToPath} from "node:url";
import {build} from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

await build({
  entryPoints: [`${ROOT}templates/js/engine/worker.js`],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2023",
  legalComments: "none",
  outfile: process.argv[2] ?? `${ROOT}templates/vendor/light.js`,
  logLevel: "error",
});
