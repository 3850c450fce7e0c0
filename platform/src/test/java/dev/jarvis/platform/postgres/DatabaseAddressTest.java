package dev.jarvis.platform.postgres;

import dev.jarvis.platform.vault.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DatabaseAddressTest {
    private static final DatabaseAddress EXPECTED = new DatabaseAddress(
            "jdbc:postgresql://db.example:6432/jarvis?sslmode=require", "app", Optional.of(new Secret("p@ss/word+1")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://app:p%40ss%2Fword+1@db.example:6432/jarvis?sslmode=require",
                "postgresql://app:p%40ss%2Fword%2B1@db.example:6432/jarvis?sslmode=require",
                "jdbc:postgresql://db.example:6432/jarvis?user=app&password=p%40ss%2Fword+1&sslmode=require"
            })
    void readsEveryUsualForm(String text) {
        assertThat(DatabaseAddress.parse(text)).isEqualTo(EXPECTED);
    }

    @Test
    void neverPrintsThePassword() {
        assertThat(EXPECTED.toString()).doesNotContain("p@ss");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://app:topsecret@db/jarvis",
                "postgres://app:topsecret@db",
                "postgres://db/jarvis?password=topsecret",
                "postgres://app:topsecret^@db/jarvis",
                "topsecret"
            })
    void refusesWhatIsNotOneWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> DatabaseAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("topsecret");
    }
}
