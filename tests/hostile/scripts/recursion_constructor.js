// outcome: threw
// error: InternalError: too much recursion
on("go", () => {
  class Endless {
    constructor() {
      this.next = new Endless();
    }
  }
  new Endless();
});
