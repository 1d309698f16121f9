package io.webchat.examples.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** The key of pushes survives as a text, and signs once for all pushes of a service. */
class VapidKeyTest {
    private static final String TEXT = VapidKey.fresh();

    @Test
    void aTextIsTheSameKeyAgain() {
        assertThat(VapidKey.of(TEXT, "").publicKey())
                .hasSize(87)
                .isEqualTo(VapidKey.of(TEXT + "\n", "mailto:a@b.example").publicKey())
                .isNotEqualTo(VapidKey.of(VapidKey.fresh(), "").publicKey());
    }

    @Test
    void oneSignatureIsForAllPushesToAService() {
        VapidKey key = VapidKey.of(TEXT, "");
        String one = key.authorization(URI.create("https://push.example/1"));

        assertThat(key.authorization(URI.create("https://push.example/2"))).isEqualTo(one);
        assertThat(key.authorization(URI.create("https://other.example/1"))).isNotEqualTo(one);
    }

    @Test
    void aDamagedTextSaysSo() {
        assertThatThrownBy(() -> VapidKey.of("one line", "")).hasMessageContaining("must be two lines, not 1");
        assertThatThrownBy(() -> VapidKey.of(TEXT.replace('M', 'N'), "")).hasMessageContaining("damaged");
        assertThatThrownBy(() -> VapidKey.of("\u00e4\n\u00f6", "")).hasMessageContaining("damaged");
    }
}
