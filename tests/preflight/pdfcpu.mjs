// Runs pdfcpu's strict validation, compiled to WebAssembly: node pdfcpu.mjs PDFCPU.WASM FILE.pdf
import { WASI } from "node:wasi";
import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";

const [wasm, file] = process.argv.slice(2);
const wasi = new WASI({
  version: "preview1",
  args: ["pdfcpu", "validate", "-conf", "disable", "-mode", "strict", "/in/" + basename(file)],
  preopens: { "/in": dirname(resolve(file)) },
});
const module = await WebAssembly.compile(readFileSync(wasm));
const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
process.exit(wasi.start(instance) ?? 0);
