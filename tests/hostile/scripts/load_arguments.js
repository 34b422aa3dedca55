// load: threw
// error: ReferenceError: arguments is not defined
console.log(arguments.length, arguments.callee);
