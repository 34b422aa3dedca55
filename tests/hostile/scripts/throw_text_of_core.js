// outcome: threw
// A text that the engine itself throws when memory ends is nothing special in a script's mouth.
// error: ^: out of memory
on("go", () => {
  throw "out of memory";
});
