package dev.jarvis.gateway.demo;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What the demo model says: always the same to the same request. */
sealed interface DemoAnswer {
    /** Output tokens of one choice. */
    int tokens();

    String finishReason();

    /** The pieces in which it is streamed, one token each. */
    List<String> pieces();

    /** @param finishReason {@code stop}, or {@code length} if max_tokens cut it */
    record Said(List<String> pieces, String finishReason) implements DemoAnswer {
        @Override
        public int tokens() {
            return pieces.size();
        }
    }

    /** @param pieces of the arguments, which are a JSON object */
    record CalledTool(String name, List<String> pieces) implements DemoAnswer {
        @Override
        public int tokens() {
            return pieces.size() + 1;
        }

        @Override
        public String finishReason() {
            return "tool_calls";
        }
    }

    Pattern TOOL_CALL = Pattern.compile("(?:call tool|调用工具)\\s+([\\w-]{1,64})\\s*(\\{.*})?", Pattern.DOTALL);
    int ECHO_LIMIT = 200;

    static DemoAnswer to(DemoRequest asked) {
        Matcher call = TOOL_CALL.matcher(asked.userText());
        if (!asked.tools().isEmpty() && asked.toolText().isEmpty()) {
            if (call.find() && asked.tools().contains(call.group(1))) {
                String arguments = call.group(2) == null ? "{}" : call.group(2);
                return new CalledTool(call.group(1), DemoTokens.split(DemoJson.isObject(arguments) ? arguments : "{}"));
            }
            if (asked.toolChoice().equals("required")) {
                return new CalledTool(asked.tools().getFirst(), DemoTokens.split("{}"));
            }
            if (asked.tools().contains(asked.toolChoice())) {
                return new CalledTool(asked.toolChoice(), DemoTokens.split("{}"));
            }
        }
        List<String> pieces = asked.wish().tokens() > 0
                ? IntStream.rangeClosed(1, asked.wish().tokens())
                        .mapToObj(i -> i == 1 ? "1" : " " + i)
                        .toList()
                : DemoTokens.split(words(asked));
        return pieces.size() > asked.maxTokens()
                ? new Said(pieces.subList(0, asked.maxTokens()), "length")
                : new Said(pieces, "stop");
    }

    private static String words(DemoRequest asked) {
        boolean chinese = DemoTokens.isChinese(asked.userText());
        if (!asked.toolText().isEmpty()) {
            return (chinese ? "工具返回了：" : "The tool answered: ") + echo(asked.toolText());
        }
        return (chinese ? """
                        你好！我是 Jarvis 内置的演示模型，不需要任何供应商密钥，相同的请求总是得到相同的回答。你说的是：“%s”。\
                        发送“/demo tokens=200 delay=50ms”可以得到一个又长又慢的回答，发送“/demo fail=500”可以看到一次失败。""" : """
                        Hello! I am Jarvis's built-in demo model. No provider key is needed for me, and the same request always \
                        gets the same answer. You said: "%s". Send "/demo tokens=200 delay=50ms" for a long, slow answer, or \
                        "/demo fail=500" to see a failure.""").formatted(echo(asked.userText()));
    }

    private static String echo(String text) {
        String stripped = text.strip();
        int codePoints = stripped.codePointCount(0, stripped.length());
        return codePoints <= ECHO_LIMIT
                ? stripped
                : stripped.substring(0, stripped.offsetByCodePoints(0, ECHO_LIMIT)) + "…";
    }
}
