package dev.jarvis.platform.http;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class QueryTextTest {
    private static String asReceived(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Test
    void readsRawAndEncodedUtf8Alike() {
        assertThat(QueryText.parameters(asReceived("type=生文&status=enabled")).get("type"))
                .isEqualTo("生文");
        assertThat(QueryText.parameters("type=%E7%94%9F%E6%96%87&status=enabled")
                        .get("type"))
                .isEqualTo("生文");
    }

    @Test
    void keepsLatin1CharactersThatWereEncoded() {
        assertThat(QueryText.parameters("q=caf%C3%A9+1").get("q")).isEqualTo("café 1");
    }

    @Test
    void keepsEveryValueOfAParameter() {
        assertThat(QueryText.parameters("a=1&b=2&a=3").getAll("a")).containsExactly("1", "3");
        assertThat(QueryText.parameters(null)).isEmpty();
    }

    @Test
    void refusesBrokenPercentEncoding() {
        assertThatThrownBy(() -> QueryText.parameters("a=%zz"))
                .isInstanceOf(Refusal.class)
                .extracting("code")
                .isEqualTo("bad_query");
    }
}
