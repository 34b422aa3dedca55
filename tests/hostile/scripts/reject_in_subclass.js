// outcome: ok, cpu
// after: keeps
on("go", () => {
  class Trap extends Promise {
    then() { for (;;); }
    static get [Symbol.species]() { for (;;); }
  }
  Trap.reject(1);
});
