// outcome: memory, threw
// after: keeps, ends memory
on("go", () => {
  const buffer = new ArrayBuffer(1, { maxByteLength: 2 ** 30 });
  for (let size = 2; ; size *= 2) {
    buffer.resize(size);
    new Uint8Array(buffer).fill(7);
  }
});
