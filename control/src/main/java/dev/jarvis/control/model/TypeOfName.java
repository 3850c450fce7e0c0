package dev.jarvis.control.model;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Guesses what a model makes, from its provider's word for it or from its name; a proposal for people to correct. */
final class TypeOfName {
    /** In this order: {@code qwen3-vl-embedding} is no model of images. */
    private static final Map<ModelType, Pattern> MARKS = new LinkedHashMap<>();

    static {
        MARKS.put(ModelType.RERANK, Pattern.compile("rerank"));
        MARKS.put(ModelType.EMBEDDING, Pattern.compile("embed|(^|[/-])bge-|(^|[/-])(gte|e5|m3e)-"));
        MARKS.put(
                ModelType.VIDEO,
                Pattern.compile("video|(^|[/-])(sora|veo|kling|wan[0-9x.]*|vidu|seedance)\\b|t2v|i2v"));
        MARKS.put(
                ModelType.AUDIO,
                Pattern.compile("audio|tts|whisper|speech|(^|[/-])asr|voice|transcri|realtime|cosyvoice|sensevoice"));
        MARKS.put(
                ModelType.IMAGE,
                Pattern.compile(
                        "image|dall-e|flux|stable-diffusion|sdxl|seedream|cogview|kolors|midjourney|t2i|wanx|imagen"));
    }

    private TypeOfName() {}

    /** @param kind the provider's word, may be empty */
    static ModelType type(String kind, String name) {
        return ModelType.named(kind).orElseGet(() -> ofName(name.toLowerCase(Locale.ROOT)));
    }

    private static ModelType ofName(String name) {
        return MARKS.entrySet().stream()
                .filter(mark -> mark.getValue().matcher(name).find())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(ModelType.TEXT);
    }
}
