// outcome: memory, threw
on("go", () => {
  let buffer = new ArrayBuffer(1024);
  for (;;) buffer = buffer.transfer(buffer.byteLength * 2);
});
