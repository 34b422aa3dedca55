// load: threw
// error: Error: later
// at: attack.js:6:7
await null;
throw new Error("later");
