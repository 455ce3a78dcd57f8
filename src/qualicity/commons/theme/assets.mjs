// Copies what the browser needs out of node_modules into static/vendor, with a gzip copy beside each text file,
// and makes one SVG sprite of the icons that the templates name.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..", "..");
const modules = join(root, "node_modules");
const vendor = join(here, "static", "vendor");

rmSync(vendor, { recursive: true, force: true });
mkdirSync(vendor, { recursive: true });

const copies = [
  ["@tabler/core/dist/css/tabler.min.css", "tabler.min.css"],
  ["@tabler/core/LICENSE", "tabler.LICENSE.txt"],
  ["@tabler/icons/LICENSE", "tabler-icons.LICENSE.txt"],
  ["htmx.org/dist/htmx.min.js", "htmx.min.js"],
  ["htmx.org/LICENSE", "htmx.LICENSE.txt"],
  ["idb-keyval/dist/umd.js", "idb-keyval.js"],
  ["idb-keyval/LICENCE", "idb-keyval.LICENSE.txt"],
  ["signature_pad/dist/signature_pad.umd.min.js", "signature_pad.js"],
  ["signature_pad/LICENSE", "signature_pad.LICENSE.txt"],
];
for (const [from, to] of copies) {
  try {
    copyFileSync(join(modules, from), join(vendor, to));
  } catch (error) {
    if (!to.includes("LICENSE")) throw error;
  }
}

// icons.txt names every icon that a template may use; a test keeps the two in step
const named = new Set(readFileSync(join(here, "icons.txt"), "utf8").split(/\s+/).filter(Boolean));
const symbols = [...named].sort().map((name) => {
  const source = readFileSync(join(modules, "@tabler/icons/icons/outline", `${name}.svg`), "utf8");
  const inner = source.replace(/<!--[\s\S]*?-->/g, "").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
  const attributes = 'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="${name}" ${attributes}>${inner.replace(/\s*\n\s*/g, "")}</symbol>`;
});
writeFileSync(join(vendor, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);

for (const name of readdirSync(vendor)) {
  const path = join(vendor, name);
  if (statSync(path).isFile() && /\.(css|js|svg)$/.test(name)) {
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
  }
}
