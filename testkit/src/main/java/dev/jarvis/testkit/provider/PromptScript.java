package dev.jarvis.testkit.provider;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer when no script was set: as the last user message asks with words such as {@code tokens=50 delay_ms=20
 * first_ms=100 tool=get_weather stall}, so that another process can steer it too.
 */
final class PromptScript implements Script {
    private static final Pattern SETTING = Pattern.compile("\\b(tokens|delay_ms|first_ms|status|tool)=([\\w-]+)");

    @Override
    public List<Step> steps(ReceivedRequest request) {
        ChatScript chat = Script.chat();
        String text = request.userText();
        Matcher setting = SETTING.matcher(text);
        while (setting.find()) {
            String value = setting.group(2);
            switch (setting.group(1)) {
                case "tokens" -> chat = chat.tokens(Integer.parseInt(value));
                case "delay_ms" -> chat = chat.each(Duration.ofMillis(Long.parseLong(value)));
                case "first_ms" -> chat = chat.firstAfter(Duration.ofMillis(Long.parseLong(value)));
                case "tool" -> chat = chat.toolCall(value, "{\"city\":\"Berlin\"}");
                case "status" -> {
                    return Scripts.serverError(Integer.parseInt(value)).steps(request);
                }
                default -> throw new IllegalStateException("a setting without a meaning");
            }
        }
        if (text.contains("stall")) {
            return Scripts.tokensThen(0, new Step.Stall()).steps(request);
        }
        int most = request.json()
                .path("max_completion_tokens")
                .asInt(request.json().path("max_tokens").asInt(Integer.MAX_VALUE));
        return chat.limitedTo(most).steps(request);
    }
}
