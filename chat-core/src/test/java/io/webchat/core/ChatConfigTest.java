package io.webchat.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The limits have the documented defaults, and all faults are reported at once. */
final class ChatConfigTest {
    private static final Duration AGES = Duration.ofSeconds(Long.MAX_VALUE);

    @Test
    void the_defaults_are_the_documented_ones() {
        assertThat(ChatConfig.defaults())
                .isEqualTo(new ChatConfig(
                        256,
                        16_384,
                        8_192,
                        1024,
                        50,
                        20,
                        10,
                        50,
                        1_048_576,
                        33_554_432,
                        1_073_741_824,
                        Duration.ofSeconds(4),
                        Duration.ofMillis(20),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(250),
                        1_000,
                        1_000,
                        200,
                        1_000,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(30)));
    }

    @Test
    void each_option_sets_its_own_value() {
        assertThat(numbered())
                .isEqualTo(new ChatConfig(
                        1,
                        2,
                        22,
                        3,
                        4,
                        5,
                        14,
                        15,
                        16,
                        17,
                        23,
                        Duration.ofMillis(6),
                        Duration.ofMillis(7),
                        Duration.ofMillis(8),
                        Duration.ofMillis(9),
                        10,
                        11,
                        18,
                        12,
                        Duration.ofMillis(19),
                        Duration.ofMillis(13),
                        Duration.ofMillis(20),
                        Duration.ofMillis(21)));
    }

    private static ChatConfig numbered() {
        return ChatConfig.builder()
                .window(1)
                .maxTextBytes(2)
                .maxDataBytes(22)
                .maxInFlight(3)
                .messagesPerSecond(4)
                .signalsPerSecond(5)
                .openingsPerSecond(14)
                .maxSessionsPerUser(15)
                .fanoutBytesPerSecond(16)
                .fanoutBurstBytes(17)
                .fanoutBytesPerDay(23)
                .burst(Duration.ofMillis(6))
                .gapWait(Duration.ofMillis(7))
                .backendTimeout(Duration.ofMillis(8))
                .retryDelay(Duration.ofMillis(9))
                .maxRoomMembers(10)
                .maxRoomsPerUser(11)
                .maxRoomAdditions(18)
                .maxBlocks(12)
                .pushAfter(Duration.ofMillis(19))
                .permissionCache(Duration.ofMillis(13))
                .policyTimeout(Duration.ofMillis(20))
                .expiryNotice(Duration.ofMillis(21))
                .build();
    }

    @Test
    void every_fault_is_reported_at_once() {
        Duration none = Duration.ZERO;
        Duration negative = Duration.ofMillis(-1);
        assertThatThrownBy(() -> new ChatConfig(
                        0, 0, -1, 0, -1, -1, -1, 0, -1, 0, -1, none, none, none, negative, 0, 0, -1, 0, negative, none,
                        none, negative))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "window must be 1 to 65536, not 0",
                        "maxTextBytes",
                        "maxDataBytes must be 0 to 65536, not ",
                        "maxInFlight",
                        "messagesPerSecond",
                        "signalsPerSecond must be 0 to 1000000, not -1",
                        "openingsPerSecond",
                        "maxSessionsPerUser",
                        "fanoutBytesPerSecond",
                        "fanoutBurstBytes",
                        "fanoutBytesPerDay must be 0 to 86400000000000, not -1",
                        "burst",
                        "gapWait",
                        "backendTimeout",
                        "retryDelay in ms must be 1 to 60000, not -1",
                        "maxRoomMembers must be 1 to 10000, not 0",
                        "maxRoomsPerUser",
                        "maxRoomAdditions",
                        "maxBlocks",
                        "pushAfter",
                        "permissionCache",
                        "policyTimeout",
                        "expiryNotice");
    }

    /** A configuration whose values are all above their ranges. */
    private static void tooMuch() {
        int many = Integer.MAX_VALUE;
        new ChatConfig(
                many,
                many,
                many,
                many,
                many,
                many,
                many,
                many,
                many,
                0,
                Long.MAX_VALUE,
                AGES,
                AGES,
                AGES,
                AGES,
                many,
                many,
                many,
                many,
                AGES,
                AGES,
                AGES,
                AGES);
    }

    @Test
    void faults_above_the_range_are_reported_at_once_too() {
        assertThatThrownBy(ChatConfigTest::tooMuch)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "window",
                        "maxTextBytes",
                        "maxDataBytes must be 0 to 65536, not ",
                        "maxInFlight",
                        "messagesPerSecond",
                        "signalsPerSecond",
                        "openingsPerSecond",
                        "maxSessionsPerUser",
                        "fanoutBytesPerSecond",
                        "fanoutBytesPerDay",
                        "burst",
                        "gapWait",
                        "backendTimeout",
                        "retryDelay",
                        "maxRoomMembers",
                        "maxRoomsPerUser",
                        "maxRoomAdditions",
                        "maxBlocks",
                        "pushAfter",
                        "permissionCache",
                        "policyTimeout",
                        "expiryNotice");
    }

    @Test
    void a_valid_value_is_not_reported() {
        assertThatThrownBy(() -> ChatConfig.builder().window(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("window")
                .hasMessageNotContaining("maxTextBytes");
    }
}
