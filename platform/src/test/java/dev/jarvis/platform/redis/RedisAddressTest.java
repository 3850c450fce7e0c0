package dev.jarvis.platform.redis;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RedisAddressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://localhost | localhost:6379 | false",
                "rediss://user:s3cret@cache.example.com:6380/2 | cache.example.com:6380 | false",
                "redis://:s3cret@a:1,b:2,c:3 | a:1,b:2,c:3 | true",
                "redis-sentinel://s3cret@a:26379,b:26379/0#main | a:26379,b:26379 | false",
            })
    void hostsAndFormAreReadAndCredentialsNeverShown(String text, String shown, boolean cluster) {
        RedisAddress address = RedisAddress.parse(text);

        assertThat(address).hasToString(shown);
        assertThat(address.isCluster()).isEqualTo(cluster);
    }

    @Test
    void allHostsOfAClusterHaveTheCredential() {
        assertThat(RedisAddress.parse("redis://user:s3cret@a:1,b:2").nodes())
                .allSatisfy(node -> assertThat(Objects.requireNonNull(node.getCredentialsProvider()
                                        .resolveCredentials()
                                        .block())
                                .getPassword())
                        .containsExactly("s3cret".toCharArray()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://:s3cret@a", "redis://:s3cret@a:x", "redis://s3cret@a,,b", "a:6379", "redis://"})
    void aWrongUrlIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> RedisAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redis-sentinel://")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }
}
