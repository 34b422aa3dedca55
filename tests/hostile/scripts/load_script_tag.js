// outcome: ok
const text = "</script><!-- ]]> -->";
on("go", () => undefined);
