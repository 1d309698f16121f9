package io.webchat.core.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A page copies its items and has the cursor of the next page. */
final class PageTest {
    @Test
    void a_page_is_a_copy_of_its_items() {
        List<String> items = new ArrayList<>(List.of("a"));
        Page<String> page = new Page<>(items, "next");
        items.add("b");

        assertThat(page.items()).containsExactly("a");
        assertThat(page.next()).contains("next");
    }

    @Test
    void the_last_page_has_no_next() {
        assertThat(new Page<>(List.of("a"), null).next()).isEmpty();
    }

    @Test
    void a_mapped_page_has_the_same_next_cursor() {
        assertThat(new Page<>(List.of("a", "bb"), "next").map(String::length))
                .isEqualTo(new Page<>(List.of(1, 2), "next"));
    }
}
