package dev.jarvis.server.mcp;

import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A server of the official Java SDK, on Tomcat. Tools run on the thread of their request. On Reactor's threads, where the SDK runs them
 * otherwise, a tool that fails at once may have its thread interrupted while it writes what went wrong ({@code
 * FluxSubscribeOnCallable} cancels its task, and whoever began it a moment ago does so again, from another thread), which closes
 * the connection without a byte of an answer.
 */
final class JavaMcpServer implements AutoCloseable {
    /** Tomcat's. Held, for what nobody holds forgets its level. */
    private static final Logger LOG = Logger.getLogger("org.apache");

    static {
        LOG.setLevel(Level.SEVERE); // what it says of starting and stopping is nothing to a test
    }

    private final Tomcat tomcat = new Tomcat();
    private final McpSyncServer server;

    JavaMcpServer() {
        HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(new JacksonMcpJsonMapper(JsonMapper.builder().build()))
                .mcpEndpoint("/mcp")
                .build();
        server = McpServer.sync(transport)
                .serverInfo("java-peer", "1.0.0")
                .immediateExecution(true)
                .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
                .toolCall(
                        tool("add", "Adds two numbers.", Map.of("a", number(), "b", number())),
                        (exchange, request) -> sum(request.arguments()))
                .toolCall(tool("fail", "Fails.", Map.of()), (exchange, request) -> {
                    throw new IllegalStateException("it is broken");
                })
                .toolCall(tool("slow", "Reports progress.", Map.of("steps", number())), (exchange, request) -> {
                    int steps = decimal(request.arguments(), "steps").intValue();
                    for (int step = 1; step <= steps; step++) {
                        exchange.progressNotification(new McpSchema.ProgressNotification(
                                request.meta().get("progressToken"), step, (double) steps, "working"));
                    }
                    return text("after " + steps + " steps");
                })
                .build();
        start(transport);
    }

    private void start(HttpServletStreamableServerTransportProvider servlet) {
        try {
            tomcat.setBaseDir(Files.createTempDirectory("jarvis-tomcat").toString());
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            Context context = tomcat.addContext("", null);
            Tomcat.addServlet(context, "mcp", servlet).setAsyncSupported(true);
            context.addServletMappingDecoded("/mcp", "mcp");
            tomcat.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> number() {
        return Map.of("type", "number");
    }

    private static McpSchema.Tool tool(String name, String description, Map<String, Object> properties) {
        Map<String, Object> schema =
                Map.of("type", "object", "properties", properties, "required", List.copyOf(properties.keySet()));
        return new McpSchema.Tool.Builder()
                .name(name)
                .title(name)
                .description(description)
                .inputSchema(schema)
                .build();
    }

    private static BigDecimal decimal(Map<String, Object> arguments, String name) {
        return new BigDecimal(String.valueOf(arguments.get(name)));
    }

    private static McpSchema.CallToolResult sum(Map<String, Object> arguments) {
        BigDecimal sum = decimal(arguments, "a").add(decimal(arguments, "b"));
        return new McpSchema.CallToolResult.Builder()
                .content(List.of())
                .structuredContent(Map.of("sum", sum))
                .build();
    }

    private static McpSchema.CallToolResult text(String text) {
        return new McpSchema.CallToolResult.Builder().addTextContent(text).build();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/mcp");
    }

    @Override
    public void close() {
        server.close();
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
