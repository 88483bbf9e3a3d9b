package io.ilteo.tuner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = "io.ilteo.tuner", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
  @ArchTest
  static final ArchRule DOMAIN_IS_PLAIN_JAVA =
      noClasses()
          .that()
          .resideInAPackage("..tuner.domain..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..",
              "jakarta..",
              "io.grpc..",
              "java.sql..",
              "io.ilteo.proto..",
              "..tuner.application..",
              "..tuner.persistence..");

  @ArchTest
  static final ArchRule APPLICATION_KNOWS_NO_ADAPTER_AND_NO_FRAMEWORK =
      noClasses()
          .that()
          .resideInAnyPackage("..tuner.application..", "..tuner.dispatch..", "..tuner.report..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..",
              "io.smallrye..",
              "jakarta..",
              "java.sql..",
              "..tuner.persistence..",
              "..tuner.grpc..",
              "..tuner.web..");

  @ArchTest
  static final ArchRule ADAPTERS_DO_NOT_REACH_INTO_PERSISTENCE =
      noClasses()
          .that()
          .resideInAnyPackage("..tuner.grpc..", "..tuner.web..", "..tuner.wire..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..tuner.persistence..");
}
