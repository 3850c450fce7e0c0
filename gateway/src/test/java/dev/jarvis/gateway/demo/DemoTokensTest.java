package dev.jarvis.gateway.demo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DemoTokensTest {
    @Test
    void countsWordsSignsAndChineseCharacters() {
        assertThat(DemoTokens.split("Hello, world 42!")).containsExactly("Hello", ",", " world", " 42", "!");
        assertThat(DemoTokens.split("你好 abc世界")).containsExactly("你", "好", " abc", "世", "界");
        assertThat(DemoTokens.count("")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "  a  ",
                "a\n\nb\t",
                "😀 smile 😀",
                "naïve café",
                "你好，世界。",
                "{\"city\":\"Berlin\"}",
                "\u2028x"
            })
    void theTokensJoinedAreTheText(String text) {
        assertThat(String.join("", DemoTokens.split(text))).isEqualTo(text);
        assertThat(DemoTokens.count(text)).isEqualTo(DemoTokens.split(text).size());
    }
}
