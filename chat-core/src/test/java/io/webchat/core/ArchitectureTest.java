package io.webchat.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The dependencies between the layers of chat-core: api → engine → spi ← adapters. Inside the engine: core.internal →
 * services and delivery → send → restore → backend → async.
 */
@AnalyzeClasses(packages = "io.webchat.core", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule adaptersKnowTheSpiAndTheEventsOnly = noClasses()
            .that()
            .resideInAnyPackage("..memory..", "..micrometer..", "..files..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..internal..");

    @ArchTest
    static final ArchRule idsKnowNoOtherValues = noClasses()
            .that()
            .resideInAPackage("io.webchat.core.ids")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.webchat.core.events", "io.webchat.core.calllog", "io.webchat.core.rooms", "..spi..");

    @ArchTest
    static final ArchRule eventsKnowTheIdsOnly = noClasses()
            .that()
            .resideInAPackage("io.webchat.core.events")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.webchat.core.calllog", "io.webchat.core.rooms", "..spi..");

    @ArchTest
    static final ArchRule valuesHaveNoCycles = slices().matching("io.webchat.core.(ids|events|calllog|rooms)")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule theStoresDoNotKnowEachOther = slices().matching(
                    "io.webchat.core.spi.(queue|calllog|rooms|attachments)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule theSpiKnowsNobodyBelowOrAbove = noClasses()
            .that()
            .resideInAPackage("..spi..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..internal..", "..memory..", "..micrometer..", "..files..");

    @ArchTest
    static final ArchRule theEngineKnowsNoAdapter = noClasses()
            .that()
            .resideInAPackage("..internal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..memory..", "..micrometer..", "..files..");

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
    static final ArchRule adaptersDoNotKnowEachOther = slices().matching("io.webchat.core.(memory|micrometer|files)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule thePartsOfTheEngineDoNotKnowTheEngine = noClasses()
            .that()
            .resideInAPackage("io.webchat.core.internal.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.webchat.core.internal");

    @ArchTest
    static final ArchRule sendingKnowsNeitherDeliveryNorServices = noClasses()
            .that()
            .resideInAPackage("..internal.send..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..internal.delivery..", "..internal.services..");

    @ArchTest
    static final ArchRule restoringKnowsTheCallsToBackendsOnly = noClasses()
            .that()
            .resideInAPackage("..internal.restore..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..internal.send..", "..internal.delivery..", "..internal.services..");

    @ArchTest
    static final ArchRule deliveryAndServicesDoNotKnowEachOther = slices().matching(
                    "io.webchat.core.internal.(delivery|services)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule callsToBackendsKnowTheAsyncToolsOnly = noClasses()
            .that()
            .resideInAPackage("..internal.backend..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..internal.restore..", "..internal.send..", "..internal.delivery..", "..internal.services..");

    @ArchTest
    static final ArchRule theAsyncToolsKnowNoOtherPartOfTheEngine = noClasses()
            .that()
            .resideInAPackage("..internal.async..")
            .should()
            .dependOnClassesThat(resideInAPackage("..internal..").and(resideOutsideOfPackage("..internal.async..")));

    @ArchTest
    static final ArchRule thePartsOfTheEngineHaveNoCycles =
            slices().matching("io.webchat.core.internal.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule coreDependsOnAlmostNothing = classes()
            .that()
            .resideOutsideOfPackage("..micrometer..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "io.webchat.core..", "org.slf4j..", "org.jspecify..", "com.fasterxml.jackson.core..");
}
