// outcome: ok
const host = 1, core = 2, control = 3, lines = 4, limits = 5, current = 6;
on("go", () => host + core + control + lines + limits + current);
