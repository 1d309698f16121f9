package io.webchat.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the layers of chat-core: api → engine → spi ← adapters. */
@AnalyzeClasses(packages = "io.webchat.core", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule adaptersKnowTheSpiAndTheEventsOnly = noClasses()
            .that()
            .resideInAnyPackage("..memory..", "..micrometer..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..internal..");

    @ArchTest
    static final ArchRule theSpiKnowsNobodyBelowOrAbove = noClasses()
            .that()
            .resideInAPackage("..spi..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..internal..", "..memory..", "..micrometer..");

    @ArchTest
    static final ArchRule theEngineKnowsNoAdapter = noClasses()
            .that()
            .resideInAPackage("..internal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..memory..", "..micrometer..");

    @ArchTest
    static final ArchRule onlyTheEntryPointKnowsTheEngine = noClasses()
            .that()
            .resideOutsideOfPackage("..internal..")
            .and()
            .doNotHaveFullyQualifiedName(Chat.class.getName())
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..internal..");

    @ArchTest
    static final ArchRule adaptersDoNotKnowEachOther =
            slices().matching("io.webchat.core.(memory|micrometer)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule coreDependsOnAlmostNothing = classes()
            .that()
            .resideOutsideOfPackage("..micrometer..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "io.webchat.core..", "org.slf4j..", "org.jspecify..", "com.fasterxml.jackson.core..");
}
