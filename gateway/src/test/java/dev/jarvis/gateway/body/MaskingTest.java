package dev.jarvis.gateway.body;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class MaskingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "write to jane.doe+x@mail.example.com, please | write to [email], please",
                "邮箱jane@例子.公司。 | 邮箱[email]。",
                "call +49 (30) 1234-5678 now | call [phone] now",
                "电话13800138000，谢谢 | 电话[phone]，谢谢",
                "or 138 0013 8000 | or [phone]",
                "call (212) 555-0123 | call [phone]",
                "or 010-62345678 | or [phone]",
                "card 4111 1111 1111 1111. | card [card].",
                "card 4111111111111112. | card 4111111111111112.",
                "身份证11010519491231002X。 | 身份证[id_number]。",
                "SSN 123-45-6789 | SSN [id_number]",
                "to DE89 3704 0044 0532 0130 00 | to [iban]",
                "to DE89 3704 0044 0532 0130 01 | to DE89 3704 0044 0532 0130 01",
                "Authorization: Bearer abcdefgh12345678 | Authorization: Bearer [secret]",
                "use sk-proj-abcdefghijklmnop1234 here | use [secret] here",
                "use sk-jv-abcdefghijklmnop1234 here | use [secret] here",
                "AKIAIOSFODNN7EXAMPLE | [secret]",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N | [secret]",
                "password: hunter2! and so on | [secret] and so on",
                "api_key=abcd1234efgh | [secret]",
            })
    void replaces(String text, String masked) {
        assertThat(Masking.mask(text)).isEqualTo(masked);
    }

    @Test
    void replacesWholePrivateKeysAndThoseThatAreCutOff() {
        String key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----";

        assertThat(Masking.mask("a " + key + " b " + key + " c")).isEqualTo("a [private_key] b [private_key] c");
        assertThat(Masking.mask("a " + key.substring(0, 45))).isEqualTo("a [private_key]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is 2 + 2? In 2024 there were 1,234,567 of 8000000000.",
                "see @mention and a@b, v1.2.3, 10:30-11:45, 192.168.10.20",
                "the password is kept elsewhere; a token has 3 characters",
                "order 12345678, invoice 2024-11-24-0001",
                "sk-short",
            })
    void leavesOtherTextAlone(String text) {
        assertThat(Masking.mask(text)).isEqualTo(text);
    }

    /** Each is what some pattern begins to match at every character. */
    @ParameterizedTest
    @ValueSource(
            strings = {"a", "1 ", "eyJ-", "sk-", "password", "-----BEGIN PRIVATE KEY----- ", "1-", "+1 ", "a.", "DE89 "
            })
    @Timeout(20)
    void noTextTakesLong(String piece) {
        assertThat(Masking.mask(piece.repeat(72_000 / piece.length()))).isNotEmpty();
    }

    @Test
    void textsInJsonAreMaskedAsTheyRead() {
        assertThat(
                        mask(
                                "{\"a\": \"x -----BEGIN PRIVATE KEY-----\\nMII\\n-----END PRIVATE KEY----- y\", \"b\": \"j\\u0040mail.example.com\"}"))
                .isEqualTo(new KeptText("{\"a\":\"x [private_key] y\",\"b\":\"[email]\"}", false));
        assertThat(mask("{\"phone\": 13800138000, \"n\": 42, \"f\": 1.50, \"t\": true, \"z\": null}"))
                .isEqualTo(new KeptText("{\"phone\":\"[phone]\",\"n\":42,\"f\":1.50,\"t\":true,\"z\":null}", false));
        assertThat(mask("{\"db_password\": \"plain words\", \"arguments\": \"{\\\"api_key\\\": \\\"abcdefgh\\\"}\"}"))
                .isEqualTo(new KeptText("{\"db_password\":\"[secret]\",\"arguments\":\"{\\\"[secret]\\\"}\"}", false));
    }

    @Test
    void whatIsNoJsonIsMaskedAsItStands() {
        assertThat(mask("<html>jane@mail.example.com")).isEqualTo(new KeptText("<html>[email]", false));
    }

    @Test
    void aSecretThatTheBoundCutsIsMaskedWhole() {
        String json = "{\"a\":\"" + "x".repeat(80) + " jane.doe@mail.example.com\"}";

        KeptText kept = MaskedJson.mask(json.getBytes(StandardCharsets.UTF_8), 94);

        assertThat(kept.isCut()).isTrue();
        assertThat(kept.text()).endsWith("xxx [email]").doesNotContain("jane");
    }

    @Test
    void cutsAtACharacter() {
        assertThat(KeptText.cut("ab€d", 4)).isEqualTo(new KeptText("ab", true));
        assertThat(KeptText.cut("ab€d", 5)).isEqualTo(new KeptText("ab€", true));
        assertThat(KeptText.cut("ab€d", 6)).isEqualTo(new KeptText("ab€d", false));
    }

    private static KeptText mask(String json) {
        return MaskedJson.mask(json.getBytes(StandardCharsets.UTF_8), 10_000);
    }
}
