package io.webchat.examples.benchmarks.load;

import io.webchat.examples.benchmarks.Spread;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** The measurements of several contenders at one kind of load, a turn of each in every round. */
final class EngineTurns {
    private final Map<Contender, List<Turn>> turns = new EnumMap<>(Contender.class);

    void add(Contender who, Turn turn) {
        turns.computeIfAbsent(who, any -> new ArrayList<>()).add(turn);
    }

    /** Returns the spread of one figure of a contender. */
    Spread spread(Contender who, ToDoubleFunction<Turn> figure) {
        return Spread.of(numbers(who, figure));
    }

    /** Returns the spread of the ratios of two contenders' figures, round by round. */
    Spread ratio(Contender over, Contender under, ToDoubleFunction<Turn> figure) {
        return Spread.ofRatios(numbers(over, figure), numbers(under, figure));
    }

    private List<Double> numbers(Contender who, ToDoubleFunction<Turn> figure) {
        return Objects.requireNonNull(turns.get(who)).stream()
                .map(figure::applyAsDouble)
                .toList();
    }
}
