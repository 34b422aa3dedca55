// outcome: cpu
on("go", () => {
  class Trap extends Array {
    static get [Symbol.species]() {
      for (;;);
    }
  }
  return new Trap(1, 2, 3).map((value) => value);
});
