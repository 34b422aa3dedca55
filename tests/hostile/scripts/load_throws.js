// load: threw
// error: TypeError: at load
// at: attack.js:4:7
throw new TypeError("at load");
