package io.webchat.examples.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The median of some numbers, and their quartiles. */
public record Spread(double low, double median, double high) {
    /** The spread of these numbers, one at least. */
    public static Spread of(List<Double> numbers) {
        List<Double> sorted = numbers.stream().sorted().toList();
        return new Spread(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
    }

    /** Of the ratios of numbers that belong together. */
    public static Spread ofRatios(List<Double> over, List<Double> under) {
        return of(IntStream.range(0, over.size())
                .mapToObj(i -> over.get(i) / under.get(i))
                .toList());
    }

    private static double at(List<Double> sorted, double share) {
        double place = share * (sorted.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }

    /** Without decimals. */
    public String whole() {
        return String.format(Locale.ROOT, "%,.0f [%,.0f–%,.0f]", median, low, high);
    }

    /** With one decimal. */
    public String tenths() {
        return String.format(Locale.ROOT, "%.1f [%.1f–%.1f]", median, low, high);
    }

    /** With two decimals. */
    public String fraction() {
        return String.format(Locale.ROOT, "%.2f [%.2f–%.2f]", median, low, high);
    }
}
