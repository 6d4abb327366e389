/** What an image is made of. */

/** @param {ImageBitmap} bitmap @returns {ImageData} */
export function pixelsOf(bitmap) {
  const canvas = document.createElement("canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  const context = canvas.getContext("2d", {willReadFrequently: true});
  if (!context) throw new Error("This browser gives no canvas to draw on.");
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}
