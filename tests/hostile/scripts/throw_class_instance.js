// outcome: threw
// error: ^Mine: of my own
// at: attack.js:5:3
on("go", () => {
  class Mine extends Error { name = "Mine"; code = "E_MINE"; }
  throw new Mine("of my own");
});
