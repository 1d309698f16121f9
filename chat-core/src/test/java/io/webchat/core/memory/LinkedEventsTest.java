package io.webchat.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.UserId;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The index leads from each Seq to its node, each node leads to the next one, and the ends to the first and the last
 * node. So append, unlinking the head and finding a Seq need no search.
 */
final class LinkedEventsTest {
    private static final ChatEvent EVENT = ChatEvent.message(UserId.of("alice"), UserId.of("bob"), "hello");

    private final LinkedEvents list = new LinkedEvents(100, new AuthorBytes(Long.MAX_VALUE));

    private static @Nullable Object field(Object owner, String name) {
        try {
            Field field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(owner);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the list is made of other parts now", e);
        }
    }

    private static Map<?, ?> index(LinkedEvents list) {
        return (Map<?, ?>) Objects.requireNonNull(field(list, "bySeq"));
    }

    private void assertLinked(long first, long next) {
        Map<?, ?> index = index(list);
        assertThat(index).hasSize((int) (next - first));
        assertThat(field(list, "head")).isSameAs(index.get(first));
        assertThat(field(list, "tail")).isSameAs(index.get(next - 1));
        for (long seq = first; seq < next; seq++) {
            Object node = Objects.requireNonNull(index.get(seq));
            assertThat(field(node, "envelope")).extracting("seq").isEqualTo(seq);
            assertThat(field(node, "next")).isSameAs(index.get(seq + 1));
        }
    }

    private void append(int events) {
        for (int i = 0; i < events; i++) {
            list.append(100, 1_000 + i, EVENT);
        }
    }

    private void unlink(int events) {
        for (int i = 0; i < events; i++) {
            list.unlinkHead();
        }
    }

    private List<Long> behind(long after, int limit) {
        return list.behind(after, limit).stream().map(Envelope::seq).toList();
    }

    @Test
    void index_links_and_ends_agree_after_any_append_and_unlink() {
        assertLinked(100, 100);
        append(50);
        assertLinked(100, 150);
        unlink(20);
        assertLinked(120, 150);
        append(5);
        assertLinked(120, 155);
        unlink(35);
        assertLinked(155, 155);
        append(1);
        assertLinked(155, 156);
    }

    @Test
    void unlinking_from_an_empty_list_does_nothing() {
        unlink(1);
        append(1);
        unlink(3);

        assertThat(list.size()).isZero();
        assertThat(list.oldest()).isNull();
        assertThat(list.first()).isEqualTo(list.next()).isEqualTo(101);
    }

    @Test
    void a_relinked_list_has_other_events_and_goes_on_behind_them() {
        append(5);
        list.relink(List.of(Envelope.stored(500, 498, 1, EVENT), Envelope.stored(500, 499, 2, EVENT)), 500);

        assertLinked(498, 500);
        append(1);
        assertLinked(498, 501);
        list.relink(List.of(), 700);
        assertLinked(700, 700);
    }

    @Test
    void bytes_are_counted_in_UTF_8() {
        assertThat(list.bytes()).isZero();
        append(1);
        long empty = list.bytes() - "hello".length();
        unlink(1);
        list.append(100, 1, ChatEvent.message(UserId.of("alice"), UserId.of("bob"), "aé€👋"));

        assertThat(list.bytes()).isEqualTo(empty + 1 + 2 + 3 + 4);
        list.relink(List.of(), 700);
        assertThat(list.bytes()).isZero();
    }

    @Test
    void Seqs_are_found_at_both_ends_and_beyond_them() {
        append(5);
        unlink(1);

        assertThat(behind(0, 2)).containsExactly(101L, 102L);
        assertThat(behind(100, 2)).containsExactly(101L, 102L);
        assertThat(behind(101, 2)).containsExactly(102L, 103L);
        assertThat(behind(103, 9)).containsExactly(104L);
        assertThat(behind(104, 9)).isEmpty();
        assertThat(behind(Long.MAX_VALUE, 9)).isEmpty();
        assertThat(behind(Long.MIN_VALUE, 9)).hasSize(4);
    }
}
