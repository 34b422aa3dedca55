// Shows what is behind links to issues and pull requests on GitHub, also written short as `owner/repo#12`.
// Optional: `flora secrets set GITHUB_TOKEN --host api.github.com` for private repositories and more requests. The
// script never sees the token: the host puts it into the request, and only into requests to that host.

const LINK = /(?:https:\/\/github\.com\/)?([\w.-]+)\/([\w.-]+)(?:\/(?:issues|pull)\/|#)(\d+)\b/g;
const MOST = 3;
const cache = kv.store("github");

interface Issue {
  title: string;
  url: string;
  state: string;
  author: string;
  isPullRequest: boolean;
  labels: string[];
}

async function look(owner: string, repo: string, number: string): Promise<Issue | undefined> {
  const key = `${owner}/${repo}#${number}`.toLowerCase();
  const known: Issue | null = await cache.get(key);
  if (known !== null) return known;
  const token = await secrets.get("GITHUB_TOKEN");
  const response = await fetch(`https://api.github.com/repos/${owner}/${repo}/issues/${number}`, {
    headers: {
      accept: "application/vnd.github+json",
      "user-agent": "flora",
      ...(token && { authorization: `Bearer ${token}` }),
    },
  });
  if (response.status === 404) return undefined;
  if (!response.ok) {
    console.warn(`GitHub answered ${response.status} for ${key}`);
    return undefined;
  }
  const issue = read(await response.json());
  await cache.set(key, issue, { ttl: 600 });
  return issue;
}

function read(body: any): Issue {
  const merged = body.pull_request?.merged_at ? "merged" : body.state;
  return {
    title: body.title,
    url: body.html_url,
    state: body.draft ? "draft" : merged,
    author: body.user.login,
    isPullRequest: body.pull_request !== undefined,
    labels: body.labels.map((one: { name: string }) => one.name),
  };
}

const COLORS: Record<string, number> = {
  open: Colors.Green,
  closed: Colors.Red,
  merged: Colors.Purple,
  draft: Colors.Grey,
};

function card(name: string, issue: Issue): EmbedBuilder {
  const view = embed()
    .setTitle(truncate(issue.title, 256))
    .setUrl(issue.url)
    .setColor(COLORS[issue.state] ?? Colors.Default);
  view
    .setAuthor(name)
    .setFooter(`${issue.isPullRequest ? "Pull request" : "Issue"} by ${issue.author}, ${issue.state}`);
  return issue.labels.length > 0 ? view.setDescription(issue.labels.map(inlineCode).join(" ")) : view;
}

on("messageCreate", async (ctx) => {
  if (ctx.msg.author.bot) return;
  const found = new Map<string, RegExpMatchArray>();
  for (const match of ctx.msg.content.matchAll(LINK)) found.set(`${match[1]}/${match[2]}#${match[3]}`, match);
  const cards: EmbedBuilder[] = [];
  for (const [name, match] of [...found].slice(0, MOST)) {
    const issue = await look(match[1] as string, match[2] as string, match[3] as string);
    if (issue !== undefined) cards.push(card(name, issue));
  }
  if (cards.length > 0) await ctx.reply({ embeds: cards, allowedMentions: { parse: [] } });
});
