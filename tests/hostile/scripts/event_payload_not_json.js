// event: go {"a": }
// outcome: bad_payload
on("go", () => undefined);
