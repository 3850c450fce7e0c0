package dev.jarvis.control.password;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PasswordsTest {
    private final Passwords passwords = new Passwords(Passwords.Cost.OWASP);

    @Test
    void keepsASaltedArgon2idHash() {
        String first = passwords.hash("correct horse battery");

        assertThat(first).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.hash("correct horse battery")).isNotEqualTo(first);
        assertThat(passwords.matches("correct horse battery", first)).isTrue();
        assertThat(passwords.matches("Correct horse battery", first)).isFalse();
        assertThat(passwords.matches("correct horse battery", null)).isFalse();
    }

    /** From the reference implementation's own tests: version 19, t=2, m=2^8 KiB, p=1, password "password". */
    @Test
    void readsHashesOfOtherImplementations() {
        String reference = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

        assertThat(passwords.matches("password", reference)).isTrue();
        assertThat(passwords.matches("passwore", reference)).isFalse();
    }

    @Test
    void refusesWhatIsNoHash() {
        for (String text :
                new String[] {"", "password", "$argon2i$v=19$m=1,t=1,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA"}) {
            assertThatThrownBy(() -> passwords.matches("password", text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("c29t");
        }
    }
}
