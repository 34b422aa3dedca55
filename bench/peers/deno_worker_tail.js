self.onmessage = async ({ data }) => self.postMessage(await dispatch("messageCreate", JSON.parse(data)));
