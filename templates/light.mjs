/**
 * The light engine, templates/js/engine/, as the one file that its worker is (neither is in git):
 *
 *     templates/vendor/kernel.js   templates/kernels/product.ts compiled to WebAssembly, a letter for each byte
 *     templates/vendor/light.js    the engine with it
 *     templates/vendor/push.js     templates/kernels/push.ts, compiled likewise, for templates/js/reduce/
 *     templates/vendor/train.js    templates/kernels/train.ts, for templates/figures/playground/
 *
 * Dozens of small modules would cost a reader on a slow connection more time than the engine saves.
 *
 *     node templates/light.mjs [FOLDER]
 */
import {mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import asc from "assemblyscript/asc";
import {build} from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const VENDOR = process.argv[2] ?? join(ROOT, "templates/vendor");
const OPTIONS = ["-O3", "-Oz", "--runtime", "stub", "--importMemory", "--noAssert", "--enable", "simd"];

/** A kernel's WebAssembly. @param {string} name @returns {Promise<Uint8Array>} */
async function kernel(name) {
  /** @type {Uint8Array | undefined} */
  let binary;
  const {error, stderr} = await asc.main([`templates/kernels/${name}.ts`, "--baseDir", ROOT, "-o", `${name}.wasm`, ...OPTIONS], {
    writeFile: (_, contents) => void (binary = /** @type {Uint8Array} */ (contents)),
  });
  if (error || !binary) throw new Error(`the kernel ${name} does not compile: ${error?.message}\n${stderr}`);
  return binary;
}

await mkdir(VENDOR, {recursive: true});
for (const [name, file] of [["product", "kernel.js"], ["push", "push.js"], ["train", "train.js"]]) {
  // A letter for each byte: that packs better than base64.
  const code = JSON.stringify(Buffer.from(await kernel(name)).toString("latin1"));
  await writeFile(join(VENDOR, file), `export const CODE = ${code};\n`);
}
await build({
  entryPoints: [join(ROOT, "templates/js/engine/worker.js")],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2023",
  charset: "utf8",
  legalComments: "none",
  outfile: join(VENDOR, "light.js"),
  logLevel: "error",
});
