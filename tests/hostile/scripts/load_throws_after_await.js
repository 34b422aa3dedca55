// load: threw
// error: Error: later
// at: attack.js:5:7
await null;
throw new Error("later");
