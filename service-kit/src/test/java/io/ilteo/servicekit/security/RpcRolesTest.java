package io.ilteo.servicekit.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ServiceDescriptor;
import io.ilteo.proto.tuner.v1.StudyServiceGrpc;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RpcRolesTest {
  @Test
  void everyRpcOfEveryContractHasARole() throws Exception {
    List<String> methods = methods();
    assertThat(methods).hasSizeGreaterThan(50);
    assertThat(methods.stream().filter(method -> RpcRoles.declared(method).isEmpty())).isEmpty();
  }

  @Test
  void whatTheTableDoesNotHaveIsForAdmins() {
    assertThat(RpcRoles.needed("ilteo.tuner.v1.StudyService/Unheard")).isEqualTo(Role.ADMIN);
    assertThat(RpcRoles.isPublic("grpc.health.v1.Health/Check")).isTrue();
    assertThat(RpcRoles.isPublic("ilteo.tuner.v1.StudyService/GetStudy")).isFalse();
  }

  @Test
  void strongerRolesMayDoWhatWeakerOnesMay() {
    assertThat(Role.ADMIN.includes(Role.OPERATOR)).isTrue();
    assertThat(Role.OPERATOR.includes(Role.OPERATOR)).isTrue();
    assertThat(Role.VIEWER.includes(Role.OPERATOR)).isFalse();
  }

  /** Full names of the methods of all generated services. */
  private static List<String> methods() throws IOException, ReflectiveOperationException {
    List<String> methods = new ArrayList<>();
    for (String name : serviceClasses()) {
      ServiceDescriptor service =
          (ServiceDescriptor) Class.forName(name).getMethod("getServiceDescriptor").invoke(null);
      service.getMethods().forEach(method -> methods.add(method.getFullMethodName()));
    }
    return methods;
  }

  private static List<String> serviceClasses() throws IOException {
    try {
      Path place =
          Path.of(
              StudyServiceGrpc.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(place)) {
        return serviceClasses(place);
      }
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return serviceClasses(jar.getPath("/"));
      }
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static List<String> serviceClasses(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith("ServiceGrpc.class"))
          .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
          .toList();
    }
  }
}
