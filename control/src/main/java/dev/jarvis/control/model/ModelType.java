package dev.jarvis.control.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a model makes. Administrators write it in Chinese or by its English code; it reads back as written, and a filter
 * in either language finds both.
 */
public enum ModelType {
    TEXT("text", "生文", "文本", "文生文", "对话", "聊天", "chat", "llm"),
    IMAGE("image", "生图", "图像", "图片", "文生图"),
    AUDIO("audio", "生音频", "音频", "语音", "speech", "tts"),
    VIDEO("video", "生视频", "视频", "文生视频"),
    EMBEDDING("embedding", "向量", "嵌入", "向量化", "embeddings"),
    RERANK("rerank", "重排", "重排序", "reranker");

    private final String code;
    private final String chinese;
    private final Set<String> otherNames;

    ModelType(String code, String chinese, String... otherNames) {
        this.code = code;
        this.chinese = chinese;
        this.otherNames = Set.of(otherNames);
    }

    /** The English code, as in tables and filters. */
    public String code() {
        return code;
    }

    /** The type that a word names, in either language. */
    public static Optional<ModelType> named(String word) {
        String plain = word.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(type ->
                        type.code.equals(plain) || type.chinese.equals(plain) || type.otherNames.contains(plain))
                .findFirst();
    }

    /** The names to offer, for messages. */
    static String names() {
        return List.of(values()).stream()
                .map(type -> type.chinese + " (" + type.code + ")")
                .collect(Collectors.joining(", "));
    }
}
