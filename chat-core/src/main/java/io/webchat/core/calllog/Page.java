package io.webchat.core.calllog;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a longer list.
 *
 * @param <T> the type of the items
 * @param items the items of this page
 * @param nextCursor an opaque cursor for the next page; null at the end
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    /** Copies the list. */
    public Page {
        items = List.copyOf(items);
    }

    /** Returns the cursor for the next page; empty at the end. */
    public Optional<String> next() {
        return Optional.ofNullable(nextCursor);
    }

    /** Returns the same page with each item replaced. */
    public <R> Page<R> map(Function<? super T, ? extends R> change) {
        return new Page<>(items.stream().<R>map(change).toList(), nextCursor);
    }
}
