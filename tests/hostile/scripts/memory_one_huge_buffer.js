// outcome: memory, threw
// deadline: 20
on("go", () => new ArrayBuffer(2 ** 33).byteLength);
