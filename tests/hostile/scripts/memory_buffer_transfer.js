// outcome: memory, threw
// after: keeps, ends memory
on("go", () => {
  let buffer = new ArrayBuffer(1024);
  for (;;) buffer = buffer.transfer(buffer.byteLength * 2);
});
