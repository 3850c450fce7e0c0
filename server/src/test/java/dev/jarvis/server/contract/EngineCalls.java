package dev.jarvis.server.contract;

import dev.jarvis.server.mcp.RudeMcpServer;
import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;

import java.util.List;
import java.util.Map;

/** Every operation of the engine, well and badly called. */
record EngineCalls(TestingServer server, ScriptedProvider provider, Calls anyone, Calls admin) {
    private static final String NOWHERE = "00000000-0000-7000-8000-000000000000";
    private static final String AGENTS = "/api/v1/agents";
    private static final String CONVERSATIONS = "/api/v1/conversations";

    void makeAll() {
        server.createModel("acting");
        String agent = agents();
        conversations(agent);
        facts();
        try (RudeMcpServer peer = new RudeMcpServer()) {
            mcpServers(peer);
        }
    }

    private void mcpServers(RudeMcpServer peer) {
        String all = "/api/v1/mcp-servers";
        peer.lists(RudeMcpServer.tool("search"), RudeMcpServer.tool("broken", "x", "{\"type\":\"string\"}"));
        Map<String, Object> fields = Map.of(
                "name",
                "Contract server",
                "url",
                peer.url().toString(),
                "auth",
                Map.of("type", "header", "header", "x-api-key", "secret", "placeholder-of-a-peer"));
        String one = all + "/" + admin.post(201, all, fields).text("/id");
        admin.post(409, all, fields);
        admin.post(400, all, Map.of("name", "Program", "command", "ls"));
        admin.get(200, all + "?q=contract");
        admin.get(400, all + "?page=0");
        admin.get(200, one);
        admin.get(404, all + "/" + NOWHERE);
        admin.post(200, one + "/refresh", null);
        admin.post(404, all + "/" + NOWHERE + "/refresh", null);
        String fingerprint = admin.get(200, one + "/tools").text("/data/1/fingerprint");
        admin.get(404, all + "/" + NOWHERE + "/tools");
        admin.call(409, "PUT", one + "/tools", Map.of("tools", List.of(allowed("search", "other"))));
        admin.call(409, "PUT", one + "/tools", Map.of("tools", List.of(allowed("broken", "other"))));
        admin.call(400, "PUT", one + "/tools", Map.of("tools", List.of(allowed("nothing", "other"))));
        admin.call(404, "PUT", all + "/" + NOWHERE + "/tools", Map.of("tools", List.of()));
        admin.call(200, "PUT", one + "/tools", Map.of("tools", List.of(allowed("search", fingerprint))));
        admin.get(200, "/api/v1/tools");
        admin.get(400, "/api/v1/tools?x=1");
        admin.call(200, "PUT", one, Map.of("description", "changed"));
        admin.call(400, "PUT", one, Map.of("url", "https://elsewhere.example.com/mcp"));
        admin.call(404, "PUT", all + "/" + NOWHERE, Map.of());
        admin.with(Map.of("authorization", "Bearer " + server.adminToken(), "if-match", "\"1\""))
                .call(412, "PUT", one, Map.of("description", "late"));
        peer.lists(RudeMcpServer.tool("search", "Another thing.", "{\"type\":\"object\"}"));
        admin.post(200, one + "/refresh", null);
        admin.get(200, one + "/tools");
        admin.delete(204, one);
        admin.delete(404, one);
    }

    private static Map<String, Object> allowed(String name, String fingerprint) {
        return Map.of("name", name, "allowed", true, "fingerprint", fingerprint);
    }

    private void facts() {
        String agent = admin.post(
                        201,
                        AGENTS,
                        Map.of(
                                "name",
                                "Rememberer",
                                "slug",
                                "rememberer",
                                "model",
                                Map.of("model_id", "acting"),
                                "memory",
                                Map.of("facts", true)))
                .text("/id");
        for (int i = 0; i < 2; i++) {
            provider.scriptNext(Script.chat().toolCall("remember_fact", "{\"fact\":\"Likes tea.\"}"), Script.chat());
            admin.post(
                    200,
                    "/v1/chat/completions",
                    Map.of("model", "agent:rememberer", "messages", List.of(Map.of("role", "user", "content", "Tea"))));
        }
        String fact = admin.get(200, "/api/v1/facts?agent_id=" + agent).text("/data/0/id");
        admin.delete(204, "/api/v1/facts/" + fact);
        admin.delete(404, "/api/v1/facts/" + fact);
        admin.delete(204, "/api/v1/facts");
        admin.get(400, "/api/v1/facts?user=x");
    }

    private String agents() {
        Map<String, Object> fields = Map.of(
                "name",
                "Contract agent",
                "slug",
                "contract",
                "model",
                Map.of("model_id", "acting", "temperature", 0.5, "stop", List.of("END")),
                "tools",
                List.of(Map.of("type", "builtin", "name", "calculator", "approval", true)),
                "limits",
                Map.of("max_cost", "1.50"),
                "variables",
                List.of(Map.of("name", "who")),
                "instructions",
                "You serve {{who}}.");
        ApiAnswer created = admin.post(201, AGENTS, fields);
        admin.post(409, AGENTS, fields);
        admin.post(400, AGENTS, Map.of("name", "x", "model", Map.of("model_id", "m", "api_key", "placeholder")));
        admin.post(400, AGENTS, Map.of("name", "x"));
        String one = AGENTS + "/" + created.text("/id");
        admin.get(200, AGENTS + "?q=contract&all=true&page_size=5");
        admin.get(400, AGENTS + "?page=0");
        admin.get(200, one);
        admin.get(404, AGENTS + "/" + NOWHERE);
        admin.call(200, "PUT", one, Map.of("description", "changed", "visibility", "all"));
        admin.call(400, "PUT", one, Map.of("wings", 2));
        admin.call(404, "PUT", AGENTS + "/" + NOWHERE, Map.of());
        Calls late = admin.with(Map.of("authorization", "Bearer " + server.adminToken(), "if-match", "\"1\""));
        late.call(412, "PUT", one, Map.of("description", "late"));
        late.post(412, one + "/versions/1/restore", null);
        admin.get(200, one + "/versions");
        admin.get(200, one + "/versions/1");
        admin.get(404, one + "/versions/99");
        admin.get(200, one + "/versions/1/diff");
        admin.get(404, one + "/versions/1/diff?to=99");
        admin.post(200, one + "/versions/1/restore", null);
        String file = admin.get(200, one + "/export").body();
        String copy = admin.post(201, AGENTS + "/import", file).text("/id");
        admin.post(400, AGENTS + "/import", Map.of("format", "other", "format_version", 1, "config", Map.of()));
        admin.get(200, "/api/v1/agent-examples");
        admin.delete(204, AGENTS + "/" + copy);
        admin.delete(404, AGENTS + "/" + copy);
        return created.text("/id");
    }

    private void conversations(String agent) {
        String id = admin.post(201, CONVERSATIONS, Map.of("agent_id", agent)).text("/id");
        admin.post(400, CONVERSATIONS, Map.of("agent_id", NOWHERE));
        String one = CONVERSATIONS + "/" + id;
        attachments(one);
        provider.scriptNext(
                Script.chat().toolCall("calculator", "{\"expression\":\"1+1\"}"),
                Script.chat().reasoning("So").words("2"));
        ApiAnswer sent = admin.post(
                202,
                one + "/messages",
                Map.of("text", "1+1?", "variables", List.of(Map.of("name", "who", "value", "everyone"))));
        admin.post(400, one + "/messages", Map.of("text", ""));
        admin.post(404, CONVERSATIONS + "/" + NOWHERE + "/messages", Map.of("text", "x"));
        String run = "/api/v1/runs/" + sent.text("/run/id");
        ApiAnswer waiting = await(run, "waiting");
        admin.post(409, one + "/messages", Map.of("text", "too early"));
        String approval = run + "/approvals/" + waiting.text("/approvals/0/call_id");
        admin.post(400, approval, Map.of());
        admin.post(200, approval, Map.of("approve", true));
        admin.post(404, "/api/v1/runs/" + NOWHERE + "/approvals/x", Map.of("approve", true));
        admin.get(200, run + "/events");
        admin.get(200, run + "/events?after=2");
        admin.get(400, run + "/events?after=x");
        admin.get(404, "/api/v1/runs/" + NOWHERE + "/events");
        await(run, "done");
        admin.post(409, approval, Map.of("approve", true));
        admin.post(200, run + "/cancel", null);
        admin.post(404, "/api/v1/runs/" + NOWHERE + "/cancel", null);
        admin.get(404, "/api/v1/runs/" + NOWHERE);
        ApiAnswer again = admin.post(202, one + "/runs", Map.of("message_id", sent.text("/message/id")));
        admin.post(400, one + "/runs", Map.of("message_id", NOWHERE));
        await("/api/v1/runs/" + again.text("/run/id"), "done");
        admin.get(200, one + "/runs");
        admin.get(200, one + "/messages");
        admin.get(200, one + "/messages?branch=in_view&page_size=1");
        admin.get(200, one + "/messages?before=" + sent.text("/message/id"));
        admin.get(400, one + "/messages?before=" + NOWHERE);
        admin.get(400, one + "/messages?page=1");
        admin.get(404, CONVERSATIONS + "/" + NOWHERE + "/messages");
        admin.get(200, one);
        admin.get(404, CONVERSATIONS + "/" + NOWHERE);
        admin.get(200, CONVERSATIONS + "?q=1%2B1&agent_id=" + agent);
        admin.get(400, CONVERSATIONS + "?archived=maybe");
        admin.call(200, "PATCH", one, Map.of("title", "Sums", "head_id", sent.text("/message/id")));
        admin.call(400, "PATCH", one, Map.of("head_id", NOWHERE));
        admin.call(200, "PATCH", one, Map.of("through_id", sent.text("/message/id")));
        admin.call(400, "PATCH", one, Map.of("through_id", NOWHERE));
        sharing(one);
        admin.delete(204, AGENTS + "/" + agent);
        admin.post(409, one + "/messages", Map.of("text", "Are you there?"));
        admin.get(200, one);
        admin.delete(204, one);
        admin.delete(404, one);
    }

    private void attachments(String conversation) {
        Calls files = admin.with(
                Map.of("authorization", "Bearer " + server.adminToken(), "content-type", "application/octet-stream"));
        String path = "/api/v1/attachments";
        String id = files.post(201, path + "?name=notes.txt", "Some notes").text("/id");
        files.post(400, path, "Without a name");
        files.post(400, path + "?name=x", "\u0000\u0001");
        files.post(413, path + "?name=x", "x".repeat((10 << 20) + 1));
        admin.post(415, path + "?name=x", "{}");
        admin.get(200, path + "/" + id);
        admin.get(200, path + "/" + id + "/content");
        admin.get(200, "/api/v1/attachment-limits");
        admin.get(400, "/api/v1/attachment-limits?of=me");
        admin.post(400, conversation + "/messages", Map.of("text", "", "attachment_ids", List.of(NOWHERE)));
        admin.delete(204, path + "/" + id);
        admin.delete(404, path + "/" + id);
        admin.get(404, path + "/" + id);
        admin.get(404, path + "/" + id + "/content");
    }

    private void sharing(String one) {
        admin.get(200, one + "/export");
        admin.get(200, one + "/export?format=markdown");
        String path = admin.post(201, one + "/share", null).text("/path");
        anyone.get(200, path);
        admin.delete(204, one + "/share");
        anyone.get(404, path);
    }

    private ApiAnswer await(String run, String status) {
        return Await.value(
                run + " is " + status,
                () -> admin.get(200, run),
                answer -> answer.text("/run/status").equals(status));
    }
}
