/** What leaves the page, and only when the reader says so. */

/** Hand a file to the reader. @param {BlobPart} content @param {string} type @param {string} name */
export function save(content, type, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], {type}));
  link.download = name;
  link.click();
  // Browsers read it after the click has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
