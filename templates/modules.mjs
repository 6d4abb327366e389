/**
 * The pages' modules as few files, templates/vendor/modules/ (not in git), at the places where a site
 * has them:
 *
 *     js/core.js            all that a page with figures needs, and what several others share of js/ itself
 *     js/<module>.js        a door to core.js, for modules that are in it; else what is fetched on demand
 *     figures/<kind>.js     a kind with its own modules, figures/<kind>/<worker>.js a worker with all of its
 *     stamp                 a hash of the sources, by which a build sees whether they have changed since
 *
 * A hundred small modules, each known only after the one that imports it, would cost a reader on a slow
 * connection seconds. Whoever imports js/<module>.js, as an author's own kind may, gets the page's
 * own instance of it, by its door.
 *
 *     node templates/modules.mjs [FOLDER]
 */
import {createHash} from "node:crypto";
import {mkdir, readFile, readdir, rename, rm, writeFile} from "node:fs/promises";
import {dirname, join, relative, resolve} from "node:path";
import {fileURLToPath} from "node:url";
import {build} from "esbuild";

const TEMPLATES = fileURLToPath(new URL(".", import.meta.url));
const OUT = resolve(process.argv[2] ?? join(TEMPLATES, "vendor/modules"));

/** Modules that pages name in their HTML or fetch on demand. */
const CORE = "js/core.js";
const DEMANDED = ["sentences", "steps", "keep", "share"].map((name) => `js/${name}.js`);
/** What runs where there is no core: text without figures, and workers. */
const APART = ["js/prose.js", "js/map.js", "js/engine.js"];
const WORKER = /new URL\("(\.[^"]+\.js)", import\.meta\.url\)/g;

/** @typedef {Map<string, string[]>} Doors  modules in the core with the names that they export */

/** @param {string} path @returns {Promise<string>} */
const text = (path) => readFile(join(TEMPLATES, path), "utf8");

/** @param {string} folder @returns {Promise<string[]>} scripts below a folder of templates/, sorted */
async function scripts(folder) {
  const found = await readdir(join(TEMPLATES, folder), {recursive: true});
  return found.filter((name) => name.endsWith(".js")).map((name) => join(folder, name).replaceAll("\\", "/")).sort();
}

/** What an export is called in the core: behind the name of its module. @param {string} module @param {string} name */
const inCore = (module, name) => `${module.slice("js/".length, -".js".length).replaceAll(/\W/g, "_")}__${name}`;

/** A module that passes on what another has. @param {string} from @param {[string, string][]} names  there and here */
const passing = (from, names) =>
  names.length ? `export {${names.map(([there, here]) => `${there} as ${here}`)}} from "${from}";\n` : `import "${from}";\n`;

/** A module of the core as others see it. @param {string} module @param {string[]} names @param {string} core */
const door = (module, names, core) => passing(core, names.map((name) => [inCore(module, name), name]));

/** The core: what each module exports, then the start. @param {Doors} doors */
function contents(doors) {
  const parts = [...doors].map(([module, names]) =>
    passing(`./${module.slice("js/".length)}`, names.map((name) => [name, inCore(module, name)])),
  );
  return [...parts, 'import "./mount.js";\n'].join("");
}

/** An address as seen from a file of the site. @param {string} file @param {string} target */
function seenFrom(file, target) {
  const path = relative(dirname(file), target).replaceAll("\\", "/");
  return path.startsWith(".") ? path : `./${path}`;
}

/**
 * How esbuild reads modules for one file: what is in the core stays there, what is fetched on demand is
 * fetched, and a module's own address is still the one that it has in templates/.
 * @param {string} file @param {Doors} doors @returns {import("esbuild").Plugin}
 */
const reading = (file, doors) => ({
  name: "modules",
  setup(esbuild) {
    esbuild.onResolve({filter: /^explorable:core$/}, () => ({path: seenFrom(file, CORE), external: true}));
    esbuild.onResolve({filter: /^\./}, ({path, resolveDir, kind}) => {
      const module = relative(TEMPLATES, resolve(resolveDir, path)).replaceAll("\\", "/");
      if (kind === "dynamic-import" && module.startsWith("js/")) {
        if (!DEMANDED.includes(module)) throw new Error(`${module} is fetched on demand: add it to DEMANDED`);
        return {path: seenFrom(file, module), external: true};
      }
      return doors.has(module) ? {path: module, namespace: "door"} : undefined;
    });
    esbuild.onLoad({filter: /./, namespace: "door"}, ({path}) => ({
      contents: door(path, doors.get(path) ?? [], "explorable:core"),
      resolveDir: TEMPLATES,
    }));
    esbuild.onLoad({filter: /\.js$/, namespace: "file"}, async ({path}) => {
      const own = JSON.stringify(seenFrom(file, relative(TEMPLATES, path)));
      const contents = await readFile(path, "utf8");
      return {contents: contents.replaceAll("import.meta.url", `new URL(${own}, import.meta.url)`)};
    });
  },
});

/**
 * One file of the site and the modules that went into it.
 * @param {string} file @param {Doors} [doors] @param {string} [written]  if it is no module of templates/
 */
async function bundled(file, doors = new Map(), written) {
  const {outputFiles, metafile} = await build({
    ...(written === undefined
      ? {entryPoints: [join(TEMPLATES, file)]}
      : {stdin: {contents: written, resolveDir: join(TEMPLATES, dirname(file)), sourcefile: file}}),
    absWorkingDir: TEMPLATES,
    outfile: join(OUT, file),
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: "esm",
    target: "es2023",
    charset: "utf8",
    legalComments: "none",
    logLevel: "error",
    plugins: [reading(file, doors)],
  });
  return {code: outputFiles[0].contents, modules: Object.keys(metafile.inputs)};
}

/** What each of these modules exports. @param {string[]} modules @returns {Promise<Doors>} */
async function exported(modules) {
  const entryPoints = modules.map((module) => join(TEMPLATES, module));
  const {metafile} = await build({entryPoints, absWorkingDir: TEMPLATES, outdir: OUT, write: false, metafile: true, format: "esm"});
  return new Map(Object.values(metafile.outputs).map(({entryPoint = "", exports}) => [entryPoint, exports.sort()]));
}

/** Modules of the core: what its start reaches, and what two others share. @param {string[]} kinds */
async function core(kinds) {
  const reached = async (/** @type {string} */ file) =>
    (await bundled(file)).modules.filter((module) => module.startsWith("js/"));
  const found = new Set(await reached("js/mount.js"));
  const uses = (await Promise.all([...DEMANDED, ...kinds].map(reached))).flat();
  // Modules with a folder of their own keep nothing: the few kinds that compute with them have one each.
  const page = (/** @type {string} */ module) => module.split("/").length === 2 && !DEMANDED.includes(module);
  const shared = uses.filter((module, i) => uses.indexOf(module) < i && page(module));
  // A module that is in the core takes with it all that it imports.
  for (const module of (await Promise.all([...new Set(shared)].map(reached))).flat()) found.add(module);
  return [...found].sort();
}

/** Everything that the result depends on, as `generator/render/modules.py` sums it up too. */
async function stamp() {
  const libraries = (await scripts("vendor")).filter((path) => path.split("/").length === 2);
  const hash = createHash("sha256");
  for (const path of [...(await scripts("js")), ...(await scripts("figures")), ...libraries, "modules.mjs"]) {
    hash.update(`${path}\0${createHash("sha256").update(await text(path)).digest("hex")}\n`);
  }
  return hash.digest("hex");
}

/** Write everything into an empty folder. @param {string} folder */
async function fill(folder) {
  const write = async (/** @type {string} */ file, /** @type {string | Uint8Array} */ contents) => {
    await mkdir(dirname(join(folder, file)), {recursive: true});
    await writeFile(join(folder, file), contents);
  };
  const sources = await scripts("figures");
  const kinds = sources.filter((file) => file.split("/").length === 2);
  const doors = await exported(await core(kinds));
  await write(CORE, (await bundled(CORE, new Map(), contents(doors))).code);
  for (const [module, names] of doors) await write(module, door(module, names, seenFrom(module, CORE)));
  for (const file of [...DEMANDED, ...kinds]) await write(file, (await bundled(file, doors)).code);
  const workers = await Promise.all(
    [...sources, ...(await scripts("js"))].map(async (file) =>
      [...(await text(file)).matchAll(WORKER)].map(([, path]) => join(dirname(file), path).replaceAll("\\", "/")),
    ),
  );
  for (const file of [...APART, ...new Set(workers.flat())]) await write(file, (await bundled(file)).code);
  await write("stamp", await stamp());
}

const fresh = `${OUT}.fresh`;
await rm(fresh, {recursive: true, force: true});
await fill(fresh);
await rm(OUT, {recursive: true, force: true});
await rename(fresh, OUT);
