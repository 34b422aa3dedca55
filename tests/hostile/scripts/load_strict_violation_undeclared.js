// load: threw
// error: ReferenceError: assignment to undeclared variable
undeclared = 1;
