package io.webchat.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.events.EventKind;
import io.webchat.core.ids.MessageId;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names on the wire that clients depend on, and the contents of a failure. */
final class CodesTest {
    @Test
    void the_wire_names_of_errors_are_stable() {
        assertThat(Stream.of(ErrorCode.values()).map(ErrorCode::wire))
                .containsExactly(
                        "bad_request",
                        "unauthorized",
                        "forbidden",
                        "not_found",
                        "rejected",
                        "too_large",
                        "rate_limited",
                        "queue_full",
                        "unavailable",
                        "conflict",
                        "internal");
    }

    @Test
    void only_a_request_that_may_succeed_later_is_retryable() {
        assertThat(Stream.of(ErrorCode.values()).filter(ErrorCode::retryable))
                .containsExactly(
                        ErrorCode.RATE_LIMITED, ErrorCode.QUEUE_FULL, ErrorCode.UNAVAILABLE, ErrorCode.INTERNAL);
    }

    @Test
    void the_wire_names_of_events_are_stable_and_are_decoded() {
        assertThat(Stream.of(EventKind.values()).map(EventKind::wire))
                .containsExactly(
                        "message",
                        "edit",
                        "delete",
                        "react",
                        "delivery",
                        "display",
                        "typing",
                        "signal",
                        "failed",
                        "gap",
                        "replaced",
                        "draining",
                        "expiring",
                        "disconnected",
                        "session",
                        "end",
                        "erased",
                        "unknown");
        assertThat(EventKind.values())
                .allSatisfy(each -> assertThat(EventKind.ofWire(each.wire())).contains(each));
        assertThat(EventKind.ofWire("Message")).isEmpty();
    }

    @Test
    void only_messages_amendments_and_receipts_are_stored() {
        assertThat(Stream.of(EventKind.values()).filter(EventKind::stored))
                .containsExactly(
                        EventKind.MESSAGE,
                        EventKind.EDIT,
                        EventKind.DELETE,
                        EventKind.REACT,
                        EventKind.DELIVERY,
                        EventKind.DISPLAY);
    }

    @Test
    void a_failure_about_a_message_keeps_its_other_fields() {
        ChatException failure = ChatException.rateLimited("too many", Duration.ofMillis(30));
        ChatException about = failure.about(MessageId.of("m1"));

        assertThat(failure.messageId()).isEmpty();
        assertThat(about.messageId()).contains(MessageId.of("m1"));
        assertThat(about.retryAfter()).contains(Duration.ofMillis(30));
        assertThat(List.of(about.code().wire(), about.detail())).containsExactly("rate_limited", "too many");
    }

    @Test
    void only_a_failure_with_a_cause_has_a_stack_trace() {
        Exception cause = new IllegalStateException("disk");
        ChatException fault = new ChatException(ErrorCode.INTERNAL, "the server failed", cause);

        assertThat(new ChatException(ErrorCode.FORBIDDEN, "no").getStackTrace()).isEmpty();
        assertThat(fault.getStackTrace()).isNotEmpty();
        assertThat(fault.about(MessageId.of("m1"))).hasCause(cause);
    }
}
