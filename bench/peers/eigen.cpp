// Eigen as a peer: eigen FOLDER. harness/process.mjs has the protocol. Small matrices go to JacobiSVD, the others to BDCSVD,
// as Eigen's documentation advises; decompositions keep their buffers between the calls.
#include <Eigen/Dense>
#include <chrono>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

using namespace Eigen;

static const int JACOBI_UP_TO = 16;

template <class Scalar> using Columns = Matrix<Scalar, Dynamic, Dynamic>;
using Rows = Matrix<double, Dynamic, Dynamic, RowMajor>;
using Factors = std::vector<std::pair<std::string, std::vector<Rows>>>;

struct Work {
  std::function<void()> run;
  std::function<Factors()> answer;
};

template <class Decomposition, class Scalar>
static Work decompose(std::vector<Columns<Scalar>> inputs, bool vectors) {
  struct State { std::vector<Columns<Scalar>> inputs; std::vector<Decomposition> outputs; };
  auto state = std::make_shared<State>(State{std::move(inputs), {}});
  state->outputs.resize(state->inputs.size());
  unsigned options = vectors ? ComputeThinU | ComputeThinV : 0;
  return {
      [=] { for (size_t t = 0; t < state->inputs.size(); t++) state->outputs[t].compute(state->inputs[t], options); },
      [=] {
        Factors factors{{"s", {}}};
        if (vectors) factors = {{"s", {}}, {"U", {}}, {"Vt", {}}};
        for (auto &F : state->outputs) {
          factors[0].second.push_back(F.singularValues().template cast<double>());
          if (!vectors) continue;
          factors[1].second.push_back(F.matrixU().template cast<double>());
          factors[2].second.push_back(F.matrixV().transpose().template cast<double>());
        }
        return factors;
      }};
}

template <class Scalar>
static Work prepare(const std::string &operation, const std::string &path, int m, int n, int count) {
  std::ifstream file(path, std::ios::binary);
  using Stored = Matrix<Scalar, Dynamic, Dynamic, RowMajor>;
  auto read = [&](int rows, int cols) {
    Stored A(rows, cols);
    file.read(reinterpret_cast<char *>(A.data()), sizeof(Scalar) * A.size());
    return Columns<Scalar>(A);
  };
  std::vector<Columns<Scalar>> inputs;
  for (int t = 0; t < count; t++) inputs.push_back(read(m, n));
  if (operation.rfind("svd", 0) == 0) {
    bool vectors = operation != "svdvals";
    if (std::min(m, n) <= JACOBI_UP_TO) return decompose<JacobiSVD<Columns<Scalar>>, Scalar>(inputs, vectors);
    return decompose<BDCSVD<Columns<Scalar>>, Scalar>(inputs, vectors);
  }
  auto A = std::make_shared<Columns<Scalar>>(inputs[0]);
  if (operation == "gemm") {
    auto B = std::make_shared<Columns<Scalar>>(read(n, n));
    auto C = std::make_shared<Columns<Scalar>>(m, n);
    return {[=] { C->noalias() = *A * *B; }, [=] { return Factors{{"C", {C->template cast<double>()}}}; }};
  }
  if (operation == "eigh") {
    auto F = std::make_shared<SelfAdjointEigenSolver<Columns<Scalar>>>();
    return {[=] { F->compute(*A); },
            [=] {
              return Factors{{"w", {F->eigenvalues().template cast<double>()}}, {"V", {F->eigenvectors().template cast<double>()}}};
            }};
  }
  auto F = std::make_shared<EigenSolver<Columns<Scalar>>>();
  return {[=] { F->compute(*A); },
          [=] {
            auto w = F->eigenvalues();
            auto V = F->eigenvectors();
            return Factors{{"w", {w.real().template cast<double>()}}, {"wi", {w.imag().template cast<double>()}},
                           {"V", {V.real().template cast<double>()}}, {"Vi", {V.imag().template cast<double>()}}};
          }};
}

int main(int, char **arguments) {
  std::string folder = arguments[1], verb;
  std::cout << EIGEN_WORLD_VERSION << '.' << EIGEN_MAJOR_VERSION << '.' << EIGEN_MINOR_VERSION << std::endl;
  Work work;
  while (std::cin >> verb) {
    if (verb == "prepare") {
      std::string operation, dtype;
      int m, n, count, k;
      std::cin >> operation >> dtype >> m >> n >> count >> k;
      auto path = folder + "/input.bin";
      work = dtype == "f64" ? prepare<double>(operation, path, m, n, count) : prepare<float>(operation, path, m, n, count);
      std::cout << "ready" << std::endl;
    } else if (verb == "time") {
      long calls;
      std::cin >> calls;
      auto start = std::chrono::steady_clock::now();
      for (long call = 0; call < calls; call++) work.run();
      std::cout << std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() << std::endl;
    } else {
      work.run();
      std::string names;
      for (auto &[name, matrices] : work.answer()) {
        std::ofstream out(folder + "/" + name + ".bin", std::ios::binary);
        for (auto &X : matrices) out.write(reinterpret_cast<const char *>(X.data()), sizeof(double) * X.size());
        names += (names.empty() ? "" : " ") + name;
      }
      std::cout << names << std::endl;
    }
  }
}
