package io.webchat.examples.server;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the server: command → options, routes and local processes → backends and pushes → accounts. */
@AnalyzeClasses(packages = "io.webchat.examples.server", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String SERVER = "io.webchat.examples.server";

    @ArchTest
    static final ArchRule arrowsPointDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("command")
            .definedBy(SERVER)
            .layer("options")
            .definedBy(SERVER + ".options")
            .layer("http")
            .definedBy(SERVER + ".http")
            .layer("page")
            .definedBy(SERVER + ".page")
            .layer("local")
            .definedBy(SERVER + ".local")
            .layer("push")
            .definedBy(SERVER + ".push")
            .layer("backends")
            .definedBy(SERVER + ".backends")
            .layer("accounts")
            .definedBy(SERVER + ".accounts")
            .whereLayer("command")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("options")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("page")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("local")
            .mayOnlyBeAccessedByLayers("command", "options")
            .whereLayer("backends")
            .mayOnlyBeAccessedByLayers("command", "options", "local")
            .whereLayer("push")
            .mayOnlyBeAccessedByLayers("command", "options", "http")
            .whereLayer("accounts")
            .mayOnlyBeAccessedByLayers("command", "http", "push", "backends");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(SERVER + ".(*)..").should().beFreeOfCycles();
}
