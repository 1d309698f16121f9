package io.webchat.redis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ports are handed out from a block that belongs to this JVM alone. */
final class PortsTest {
    @Test
    void portsDifferAndComeFromOneBlock() {
        List<Integer> ports = Stream.generate(Ports::free).limit(50).toList();

        assertThat(ports).doesNotHaveDuplicates().allMatch(port -> Ports.firstOfBlock() < port);
        assertThat(ports).allMatch(port -> port < Ports.firstOfBlock() + Ports.BLOCK);
    }

    @Test
    void theFirstPortOfTheBlockKeepsOtherJvmsAway() throws Exception {
        try (ServerSocket other = new ServerSocket()) {
            assertThat(Ports.tryBind(other, Ports.firstOfBlock())).isFalse();
        }
    }
}
