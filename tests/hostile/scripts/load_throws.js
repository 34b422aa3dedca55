// load: threw
// error: TypeError: at load
// at: attack.js:5:7
throw new TypeError("at load");
