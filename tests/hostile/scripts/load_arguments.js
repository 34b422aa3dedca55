// load: threw, not_javascript, loaded
console.log(arguments.length, arguments.callee);
